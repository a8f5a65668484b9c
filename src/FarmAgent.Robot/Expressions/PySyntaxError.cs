using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Expressions;

/// <summary>SyntaxErrors of expressions, with the position as Python shows it.</summary>
internal static class PySyntaxError
{
    public static PyErrorException At(int line, string message = "invalid syntax") =>
        new("SyntaxError", $"{message} (<string>, line {line})");
}
