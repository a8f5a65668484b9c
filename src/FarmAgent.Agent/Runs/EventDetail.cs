using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>How much the engine of a run reports, in the word that its environment has for it.</summary>
internal static class EventDetail
{
    /// <summary>The word.</summary>
    /// <exception cref="RequestException">No such detail (<c>REQUEST_INVALID</c>).</exception>
    public static string WordOf(Wire.RunEventDetail detail) => detail switch
    {
        Wire.RunEventDetail.None => "none",
        Wire.RunEventDetail.Unspecified or Wire.RunEventDetail.Tests => "tests",
        Wire.RunEventDetail.Keywords => "keywords",
        Wire.RunEventDetail.All => "all",
        _ => throw new RequestException("REQUEST_INVALID", $"There is no event detail {(int)detail}. Use NONE, TESTS, KEYWORDS or ALL."),
    };
}
