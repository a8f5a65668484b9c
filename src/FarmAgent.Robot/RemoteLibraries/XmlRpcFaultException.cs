namespace FarmAgent.Robot.RemoteLibraries;

/// <summary>The server answered a call with a fault, or the answer cannot be read.</summary>
/// <param name="message">What it says.</param>
/// <param name="kind">Where it went wrong.</param>
internal sealed class XmlRpcFaultException(string message, XmlRpcFaultKind kind) : Exception(message)
{
    public XmlRpcFaultKind Kind { get; } = kind;
}

/// <summary>Where a call went wrong.</summary>
internal enum XmlRpcFaultKind
{
    /// <summary>The server says that it failed.</summary>
    Fault,

    /// <summary>There is no connection, or it broke.</summary>
    Connection,

    /// <summary>The server speaks something else.</summary>
    Protocol,

    /// <summary>The answer is no XML.</summary>
    Text,
}
