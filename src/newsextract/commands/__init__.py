"""The commands, one module each: what the command line says of them, and what they do; heavy imports only when one is called."""
