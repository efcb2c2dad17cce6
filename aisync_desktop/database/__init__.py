"""What every store is made with: connection, migrations, packing, whole copies, damage. No table of anybody."""
