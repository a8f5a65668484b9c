using FarmAgent.Hardware;

namespace FarmAgent.Agent.Mapping;

/// <summary>Resource names of the API and the short names behind them: "boards/b1" is b1.</summary>
internal static class ResourceNames
{
    private const string Boards = "boards/";
    private const string Leases = "leases/";

    public static string OfBoard(string name) => Boards + name;

    public static string OfLease(string id) => Leases + id;

    /// <summary>The short name of a board.</summary>
    /// <exception cref="RequestException">Not the name of a board (<c>BOARD_UNKNOWN</c>).</exception>
    public static string BoardOf(string resource) => StripOr(
        resource,
        Boards,
        () => new RequestException(
            "BOARD_UNKNOWN",
            resource.Length == 0 ? "The request names no board. Name one as boards/NAME; farmctl boards lists them."
                : $"'{resource}' is no name of a board. Write boards/{resource}."));

    /// <summary>The id of a lease.</summary>
    /// <exception cref="RequestException">None is named, or it is no name of a lease (<c>LEASE_REQUIRED</c>, <c>LEASE_UNKNOWN</c>).</exception>
    public static string LeaseOf(string resource) => StripOr(
        resource,
        Leases,
        () => resource.Length == 0
            ? new RequestException("LEASE_REQUIRED", "This touches a board, and the request names no lease. Take one with farmctl lease acquire, or use --lease auto.")
            : new RequestException("LEASE_UNKNOWN", $"'{resource}' is no name of a lease. Leases are called leases/l-…; farmctl lease list shows them."));

    private static string StripOr(string resource, string prefix, Func<RequestException> problem) =>
        resource.StartsWith(prefix, StringComparison.Ordinal) && resource.Length > prefix.Length ? resource[prefix.Length..] : throw problem();
}
