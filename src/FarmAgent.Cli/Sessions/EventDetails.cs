using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Sessions;

/// <summary>The words of <c>--events</c>.</summary>
internal static class EventDetails
{
    /// <summary>All of them.</summary>
    public static readonly string[] Words = ["none", "tests", "keywords", "all"];

    /// <summary>What a word asks for.</summary>
    public static RunEventDetail Of(string? word) => word switch
    {
        "none" => RunEventDetail.None,
        "keywords" => RunEventDetail.Keywords,
        "all" => RunEventDetail.All,
        _ => RunEventDetail.Tests,
    };
}
