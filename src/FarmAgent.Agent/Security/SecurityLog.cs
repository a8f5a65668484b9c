namespace FarmAgent.Agent.Security;

internal static partial class SecurityLog
{
    [LoggerMessage(EventId = 220, Level = LogLevel.Information, Message = "The server certificate was read again from {File}; it is good until {Until}")]
    public static partial void CertificateRead(ILogger logger, string file, DateTime until);

    [LoggerMessage(EventId = 221, Level = LogLevel.Error, Message = "The changed certificate was not taken, the one before stays in force: {Problem}")]
    public static partial void CertificateKept(ILogger logger, string problem);

    [LoggerMessage(EventId = 222, Level = LogLevel.Warning, Message = "{By} revoked {Credential}; {Calls} calls were cut off")]
    public static partial void Revoked(ILogger logger, string by, string credential, int calls);

    [LoggerMessage(EventId = 223, Level = LogLevel.Information, Message = "{By} made the token {Name}")]
    public static partial void TokenMade(ILogger logger, string by, string name);

    [LoggerMessage(EventId = 224, Level = LogLevel.Error, Message = "The audit cannot be written, entries wait in memory: {Problem}")]
    public static partial void AuditNotKept(ILogger logger, string problem);

    [LoggerMessage(EventId = 225, Level = LogLevel.Warning, Message = "The audit was mended: {What}")]
    public static partial void AuditMended(ILogger logger, string what);
}
