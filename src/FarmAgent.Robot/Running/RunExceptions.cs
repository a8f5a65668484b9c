using FarmAgent.Robot.Libraries;

namespace FarmAgent.Robot.Running;

/// <summary>A structure of the data is wrong: nothing catches this failure.</summary>
/// <param name="message">Text as results show it.</param>
internal sealed class SyntaxFailureException(string message) : KeywordFailedException(message);

/// <summary>A test or keyword timeout is exceeded while a library keyword runs.</summary>
/// <param name="message">Text as results show it.</param>
/// <param name="isTest">Whether it is the timeout of the test.</param>
internal sealed class TimeoutExceededException(string message, bool isTest) : KeywordFailedException(message)
{
    public bool IsTest { get; } = isTest;
}

/// <summary>Carries a failure with all its properties through the code of a keyword that runs other keywords.</summary>
/// <param name="failure">The failure.</param>
internal sealed class InnerFailureException(Failure failure) : KeywordFailedException(failure.Message)
{
    public Failure Failure { get; } = failure;
}
