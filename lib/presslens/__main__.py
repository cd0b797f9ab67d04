"""`python -m presslens` is `presslens`."""

from presslens.cli import main

if __name__ == "__main__":
    main()
