"""What somebody reads who has just got an account and a post, and a week later of what is still undone."""
