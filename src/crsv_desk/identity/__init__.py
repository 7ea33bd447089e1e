"""The key pair of a person for an organisation, and the vault that keeps the workspace's secret."""
