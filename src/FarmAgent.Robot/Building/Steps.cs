namespace FarmAgent.Robot.Building;

/// <summary>One entry of a body as written: a keyword call or a control structure.</summary>
internal abstract class Step
{
    public int Line { get; init; }

    /// <summary>Why it cannot run as written; it fails with this text when it is reached.</summary>
    public string? Error { get; set; }
}

/// <summary>A keyword call, or a row of a templated test before the template is known.</summary>
internal sealed class KeywordCall : Step
{
    /// <summary>Name as written; <see langword="null"/> for a template row and for an assignment without a keyword.</summary>
    public string? Name { get; set; }

    public IReadOnlyList<string> Arguments { get; set; } = [];

    /// <summary>Assignment cells as written.</summary>
    public IReadOnlyList<string> Assign { get; set; } = [];

    /// <summary>Whether the row belongs to a template.</summary>
    public bool IsTemplateRow { get; init; }
}

/// <summary>A step that holds other steps.</summary>
internal abstract class BlockStep : Step
{
    public List<Step> Body { get; } = [];
}

internal sealed class ForLoop : BlockStep
{
    public required IReadOnlyList<string> Assign { get; init; }

    public required string Flavor { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public string? Start { get; init; }

    public string? Mode { get; init; }

    public string? Fill { get; init; }
}

internal sealed class WhileLoop : BlockStep
{
    public string? Condition { get; init; }

    public string? Limit { get; init; }

    public string? OnLimit { get; init; }

    public string? OnLimitMessage { get; init; }
}

internal sealed class GroupStep : BlockStep
{
    public required string Name { get; init; }
}

internal sealed class IfStep : Step
{
    public List<IfBranch> Branches { get; } = [];
}

internal sealed class IfBranch : BlockStep
{
    public required string Type { get; init; }

    public string? Condition { get; init; }
}

internal sealed class TryStep : Step
{
    public List<TryBranch> Branches { get; } = [];
}

internal sealed class TryBranch : BlockStep
{
    public required string Type { get; init; }

    public IReadOnlyList<string> Patterns { get; init; } = [];

    public string? PatternType { get; init; }

    public string? Assign { get; init; }
}

internal sealed class VarStep : Step
{
    public required string Name { get; init; }

    public required IReadOnlyList<string> Values { get; init; }

    public string? Scope { get; init; }

    public string? Separator { get; init; }
}

internal sealed class ReturnStep : Step
{
    public required IReadOnlyList<string> Values { get; init; }
}

internal sealed class BreakStep : Step;

internal sealed class ContinueStep : Step;

/// <summary>A row that is not allowed where it stands.</summary>
internal sealed class ErrorStep : Step
{
    public required IReadOnlyList<string> Values { get; init; }
}
