"""Lists out and in as workbooks: members with what they have, projects with how far they are."""
