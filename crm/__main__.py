"""`python -m crm`: what an operator does without a screen."""

from crm.cli import main

main()
