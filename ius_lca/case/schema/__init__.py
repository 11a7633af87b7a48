"""What a case file may say: one module for each part of it. Unknown keys are errors."""
