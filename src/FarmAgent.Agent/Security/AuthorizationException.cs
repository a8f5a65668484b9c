using FarmAgent.Hardware;

namespace FarmAgent.Agent.Security;

/// <summary>The caller may not do this, or is not known at all (<c>NOT_AUTHORISED</c>, <c>UNAUTHENTICATED</c>).</summary>
/// <param name="reason">Stable name in capitals.</param>
/// <param name="message">What was asked, what the caller is, whom to ask.</param>
internal sealed class AuthorizationException(string reason, string message) : FarmException(reason, message);
