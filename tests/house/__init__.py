"""How the house is built, read from the code: who imports whom, and which role each file has."""
