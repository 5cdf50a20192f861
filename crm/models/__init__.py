"""Tables, validated inputs and fixed lists, one module per noun group."""
