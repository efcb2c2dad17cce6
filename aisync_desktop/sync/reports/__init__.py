"""What sync can tell without writing: history, matrix, inventory, permissions, the doctor."""
