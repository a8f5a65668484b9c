namespace FarmAgent.Robot.Lexing;

/// <summary>What a piece of a line is.</summary>
internal enum TokenType
{
    /// <summary>A cell.</summary>
    Data,

    /// <summary>White space or a pipe between cells.</summary>
    Separator,

    /// <summary>A comment cell.</summary>
    Comment,

    /// <summary>The <c>...</c> of a continued row.</summary>
    Continuation,

    /// <summary>Trailing white space and the line end.</summary>
    EndOfLine,
}

/// <summary>A piece of a line. The tokens of a file put together are the file.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">Its text.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 0.</param>
internal sealed record Token(TokenType Type, string Value, int Line, int Column)
{
    /// <summary>Column after the last character.</summary>
    public int EndColumn => Column + Value.Length;
}
