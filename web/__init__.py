"""HTTP and the command line: request in, command out; read model in, JSON out."""
