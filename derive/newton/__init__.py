"""Steps of Newton's method, exact and with approximate Hessians: how near they come to a zero of the slope."""
