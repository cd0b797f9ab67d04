"""The commands of the command line, a module a group; `presslens.cli` puts them together."""
