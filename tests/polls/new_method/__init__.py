"""A voting method that the bot has not, and what is done with it by test_new_method.py, in a copy of the bot."""
