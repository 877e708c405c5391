"""Guests: bridges to other libraries. They may import anything; nothing imports them."""
