"""The codebooks that ship with presslens, one YAML file each."""
