using FarmAgent.Robot.Building;
using FarmAgent.Robot.Results;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Running;

/// <summary>A keyword call that is about to run.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Arguments">Cells as written; a keyword that runs others may also pass values.</param>
/// <param name="Assign">Assignment cells as written.</param>
/// <param name="Role">Where it stands.</param>
/// <param name="Line">Line in the source.</param>
internal sealed record CallData(string Name, IReadOnlyList<object?> Arguments, IReadOnlyList<string> Assign, KeywordRole Role, int Line)
{
    /// <summary>Arguments as results show them.</summary>
    public IReadOnlyList<string> ShownArguments => [.. Arguments.Select(PyText.InMessages)];

    public static CallData From(KeywordCall call, KeywordRole role = KeywordRole.Keyword) =>
        new(call.Name ?? "", call.Arguments, call.Assign, role, call.Line);
}
