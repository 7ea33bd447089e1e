"""Where the parts are plugged together: the workspace opened, the ports filled, the demo and reports of our errors."""
