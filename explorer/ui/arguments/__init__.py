"""The page of extra arguments: seven ways tried, the offset experiment, a frozen number, lambdas in a loop."""
