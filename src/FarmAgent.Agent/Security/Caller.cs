using Grpc.Core;

namespace FarmAgent.Agent.Security;

/// <summary>What a caller may do, least first; a runner stands apart.</summary>
internal enum CallerRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Look.</summary>
    Viewer,

    /// <summary>Lease boards and use what is leased.</summary>
    Operator,

    /// <summary>Change the bench, end other people's leases.</summary>
    Admin,

    /// <summary>A suite in a run: bound to that run's lease.</summary>
    Runner,
}

/// <summary>Who asks.</summary>
/// <param name="Identity">Name in leases and in the audit, <c>uid:1000 (anna)</c>.</param>
/// <param name="Role">What he may do.</param>
/// <param name="Run">Id of the run, for a runner.</param>
/// <param name="Lease">Id of the run's lease, for a runner.</param>
internal sealed record Caller(string Identity, CallerRole Role, string? Run = null, string? Lease = null)
{
    private static readonly object Key = new();

    /// <summary>The caller of a request that passed the interceptor.</summary>
    public static Caller Of(ServerCallContext context) => (Caller)context.UserState[Key];

    public void AttachTo(ServerCallContext context) => context.UserState[Key] = this;
}
