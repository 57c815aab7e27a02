"""The commands of ``forensics``, one file each; ``cases.cli`` lists them."""
