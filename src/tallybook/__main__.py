"""`python -m tallybook` is the command line, where its program is not on the path."""

from tallybook.cli.main import main

if __name__ == "__main__":
    main()
