namespace FarmAgent.Robot.Libraries;

/// <summary>How long an instance of a library lives.</summary>
public enum LibraryScope
{
    /// <summary>For the whole run.</summary>
    Global,

    /// <summary>For one suite file.</summary>
    Suite,

    /// <summary>For one test.</summary>
    Test,
}

/// <summary>A library of keywords written in C#. Made by a factory from its import arguments; disposed at the end of its scope if it can be.</summary>
public interface IKeywordLibrary
{
    /// <summary>Name under which it is known; an import may give another one by AS.</summary>
    string Name { get; }

    /// <summary>How long an instance lives.</summary>
    LibraryScope Scope => LibraryScope.Global;

    /// <summary>Its keywords.</summary>
    IReadOnlyList<KeywordDescriptor> Keywords { get; }
}

/// <summary>An entry of the table of native libraries: what may be imported under a name.</summary>
/// <param name="Signature">Arguments of the import, written as in <see cref="KeywordDescriptor"/>.</param>
/// <param name="Create">Makes an instance.</param>
public sealed record LibraryFactory(string Signature, Func<KeywordArguments, IKeywordLibrary> Create)
{
    /// <summary>A library that takes no arguments.</summary>
    /// <param name="create">Makes an instance.</param>
    public LibraryFactory(Func<IKeywordLibrary> create)
        : this("", _ => create())
    {
    }

    /// <summary>Why the library cannot be imported here.</summary>
    internal string? Reason { get; private init; }

    /// <summary>A library that is known but not offered.</summary>
    /// <param name="reason">Why not, as the rest of a sentence.</param>
    internal static LibraryFactory Unavailable(string reason) =>
        new("*args", _ => throw new InvalidOperationException(reason)) { Reason = reason };
}
