"""What the stages of sync talk about: endpoints, memory, decisions, consents, projects."""
