namespace FarmAgent.Robot.Libraries;

/// <summary>Runs a library keyword.</summary>
/// <param name="context">What the keyword may use of the run.</param>
/// <param name="arguments">Resolved, validated and converted arguments.</param>
/// <returns>The return value by the rules of the value model; <see langword="null"/> is None.</returns>
/// <exception cref="KeywordFailedException">The keyword fails with this message.</exception>
public delegate object? KeywordBody(IKeywordContext context, KeywordArguments arguments);

/// <summary>Declares one keyword of a library.</summary>
/// <param name="name">Name as shown in results, for example <c>Read Pin</c>.</param>
/// <param name="signature">
/// Arguments as in a Python signature, for example <c>"pin: int, expected: str | None=None, *more, timeout=1.5, **free"</c>: names, optional types,
/// literal defaults, <c>/</c> and <c>*</c> as usual.
/// </param>
/// <param name="body">What it does.</param>
public sealed class KeywordDescriptor(string name, string signature, KeywordBody body)
{
    private ArgumentSpec? _arguments;

    /// <summary>Declares a keyword whose arguments are known already.</summary>
    /// <param name="name">Name as shown in results.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="body">What it does.</param>
    internal KeywordDescriptor(string name, ArgumentSpec arguments, KeywordBody body)
        : this(name, "", body) => _arguments = arguments;

    /// <summary>Name as shown in results.</summary>
    public string Name { get; } = name;

    /// <summary>Arguments, read from the signature at first use.</summary>
    public ArgumentSpec Arguments => _arguments ??= SignatureReader.Read(signature);

    /// <summary>What it does.</summary>
    public KeywordBody Body { get; } = body;

    /// <summary>Documentation; the first paragraph is shown in results.</summary>
    public string Documentation { get; init; } = "";

    /// <summary>Why it cannot be used.</summary>
    internal string? Problem { get; init; }

    /// <summary>Tags of the keyword.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it can fail on a value: a test that passed without executing one proves nothing.</summary>
    public bool IsAssertion { get; init; }

    /// <summary>
    /// For keywords that pass their arguments on as they are written: how many leading arguments get their variables replaced before the call
    /// (the rest arrives as raw cells); such keywords take no named arguments. <see langword="null"/> for all others.
    /// </summary>
    public int? ResolvedArguments { get; init; }
}
