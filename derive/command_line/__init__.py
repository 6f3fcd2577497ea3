"""What the commands take and print, apart from the commands themselves."""
