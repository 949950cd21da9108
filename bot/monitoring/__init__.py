"""What an operator's monitoring asks: whether the bot is ready, and its metrics, on the loopback alone."""
