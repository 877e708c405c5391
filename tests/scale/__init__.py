"""Arrow batches, packed shards and engines of many machines."""
