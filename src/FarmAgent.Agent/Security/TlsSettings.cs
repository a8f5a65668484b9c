namespace FarmAgent.Agent.Security;

/// <summary>The listener for the network, with full paths.</summary>
/// <param name="Host">Address to listen on.</param>
/// <param name="Port">TCP port; 0 for a free one.</param>
/// <param name="Certificate">PEM file of the certificate, with what leads to its authority.</param>
/// <param name="Key">PEM file of its key.</param>
/// <param name="ClientAuthority">PEM file of the authorities of client certificates; null when none are known.</param>
internal sealed record TlsSettings(System.Net.IPAddress Host, int Port, string Certificate, string Key, string? ClientAuthority);
