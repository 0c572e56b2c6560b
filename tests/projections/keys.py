"""Keys that tests ask for, and what wraps them."""

from domain.vault import KeyName

ANN = KeyName("P1", year=2016)
ANNS_SON = KeyName("P1", "son", 2016)
BEN = KeyName("P2", year=2016)
KEK, OTHER = bytes(range(32)), bytes(range(32, 64))
