"""A wing as small as one can be, in the tests alone: it keeps notes. It brings all that a wing has to bring."""
