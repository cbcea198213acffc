"""What a talk leaves behind: a handout, slides, pictures and a film."""
