"""The seats of a network: held in memory, named for one reader, found from what somebody typed."""
