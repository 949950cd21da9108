"""Random people do random things, hostile ones among them; after each step the bot is held against what must be so."""
