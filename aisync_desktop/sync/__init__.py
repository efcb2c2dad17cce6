"""The files of all assistants in step: look, plan, apply, ask; everything that is kept about it."""
