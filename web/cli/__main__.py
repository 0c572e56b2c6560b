"""`python -m web.cli`: the `probity` command, also where it is not on the path."""

from web.cli import main

if __name__ == "__main__":
    main(prog_name="probity")
