namespace FarmAgent.Robot.Libraries;

/// <summary>A type that is declared outside the language, by a library.</summary>
internal interface IOutsideType
{
    /// <summary>Whether a value is of the type already.</summary>
    bool Fits(object? value, TypeConverter converter);

    /// <summary>Makes a value of the type; false if there is no rule for the given one.</summary>
    /// <exception cref="Values.PyErrorException">ValueError: it cannot be made, and why.</exception>
    bool TryConvert(object? value, TypeConverter converter, out object? result);
}
