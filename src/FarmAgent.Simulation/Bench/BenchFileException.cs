using FarmAgent.Hardware;

namespace FarmAgent.Simulation.Bench;

/// <summary>A bench file cannot be used (<c>BENCH_FILE_INVALID</c>); the message begins with file, line and column.</summary>
public sealed class BenchFileException : RequestException
{
    /// <summary>Makes the exception for one mistake.</summary>
    /// <param name="file">Name of the file.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Column, from 1.</param>
    /// <param name="problem">What is wrong and what would be right.</param>
    /// <param name="inner">The parser's exception, if it found the mistake.</param>
    public BenchFileException(string file, long line, long column, string problem, Exception? inner = null)
        : base("BENCH_FILE_INVALID", $"{file}:{line}:{column}: {problem}", inner)
    {
        Line = line;
        Column = column;
    }

    /// <summary>Line, from 1.</summary>
    public long Line { get; }

    /// <summary>Column, from 1.</summary>
    public long Column { get; }
}
