namespace FarmAgent.Robot.Results;

/// <summary>Which console stream a keyword writes to.</summary>
public enum ConsoleStream
{
    /// <summary>Standard output.</summary>
    Stdout,

    /// <summary>Standard error.</summary>
    Stderr,
}

/// <summary>
/// Told about everything that happens in a run, while it happens. Every method has a default: those per construct call
/// <see cref="StartStep"/> and <see cref="EndStep"/>, the others do nothing.
/// </summary>
public interface IRobotListener
{
    /// <summary>A suite starts; name, documentation and metadata are known.</summary>
    void StartSuite(SuiteResult suite)
    {
    }

    /// <summary>A suite ends; status and message are known.</summary>
    void EndSuite(SuiteResult suite)
    {
    }

    /// <summary>A test starts.</summary>
    void StartTest(TestResult test)
    {
    }

    /// <summary>A test ends; status and message are known.</summary>
    void EndTest(TestResult test)
    {
    }

    /// <summary>Any step starts for which the listener has no method of its own.</summary>
    void StartStep(StepResult step)
    {
    }

    /// <summary>Any step ends for which the listener has no method of its own.</summary>
    void EndStep(StepResult step)
    {
    }

    /// <summary>A keyword call starts.</summary>
    void StartKeyword(KeywordResult keyword) => StartStep(keyword);

    /// <summary>A keyword call ends.</summary>
    void EndKeyword(KeywordResult keyword) => EndStep(keyword);

    /// <summary>A FOR loop starts.</summary>
    void StartFor(ForResult loop) => StartStep(loop);

    /// <summary>A FOR loop ends.</summary>
    void EndFor(ForResult loop) => EndStep(loop);

    /// <summary>A WHILE loop starts.</summary>
    void StartWhile(WhileResult loop) => StartStep(loop);

    /// <summary>A WHILE loop ends.</summary>
    void EndWhile(WhileResult loop) => EndStep(loop);

    /// <summary>A round of a loop starts.</summary>
    void StartIteration(IterationResult iteration) => StartStep(iteration);

    /// <summary>A round of a loop ends.</summary>
    void EndIteration(IterationResult iteration) => EndStep(iteration);

    /// <summary>An IF structure starts.</summary>
    void StartIf(IfResult structure) => StartStep(structure);

    /// <summary>An IF structure ends.</summary>
    void EndIf(IfResult structure) => EndStep(structure);

    /// <summary>A branch of an IF structure starts.</summary>
    void StartIfBranch(IfBranchResult branch) => StartStep(branch);

    /// <summary>A branch of an IF structure ends.</summary>
    void EndIfBranch(IfBranchResult branch) => EndStep(branch);

    /// <summary>A TRY structure starts.</summary>
    void StartTry(TryResult structure) => StartStep(structure);

    /// <summary>A TRY structure ends.</summary>
    void EndTry(TryResult structure) => EndStep(structure);

    /// <summary>A branch of a TRY structure starts.</summary>
    void StartTryBranch(TryBranchResult branch) => StartStep(branch);

    /// <summary>A branch of a TRY structure ends.</summary>
    void EndTryBranch(TryBranchResult branch) => EndStep(branch);

    /// <summary>A GROUP starts.</summary>
    void StartGroup(GroupResult group) => StartStep(group);

    /// <summary>A GROUP ends.</summary>
    void EndGroup(GroupResult group) => EndStep(group);

    /// <summary>A VAR statement starts.</summary>
    void StartVar(VarResult statement) => StartStep(statement);

    /// <summary>A VAR statement ends.</summary>
    void EndVar(VarResult statement) => EndStep(statement);

    /// <summary>A RETURN statement starts.</summary>
    void StartReturn(ReturnResult statement) => StartStep(statement);

    /// <summary>A RETURN statement ends.</summary>
    void EndReturn(ReturnResult statement) => EndStep(statement);

    /// <summary>A BREAK statement starts.</summary>
    void StartBreak(BreakResult statement) => StartStep(statement);

    /// <summary>A BREAK statement ends.</summary>
    void EndBreak(BreakResult statement) => EndStep(statement);

    /// <summary>A CONTINUE statement starts.</summary>
    void StartContinue(ContinueResult statement) => StartStep(statement);

    /// <summary>A CONTINUE statement ends.</summary>
    void EndContinue(ContinueResult statement) => EndStep(statement);

    /// <summary>An invalid row starts.</summary>
    void StartError(ErrorResult row) => StartStep(row);

    /// <summary>An invalid row ends.</summary>
    void EndError(ErrorResult row) => EndStep(row);

    /// <summary>A message was logged into the step that is running; the log level has let it through.</summary>
    void LogMessage(Message message)
    {
    }

    /// <summary>A warning or error of the run, from the log or from parsing and imports: shown at once, and listed under errors.</summary>
    void SystemMessage(Message message)
    {
    }

    /// <summary>A keyword writes raw text to the console.</summary>
    /// <param name="text">Text with its own line ends.</param>
    /// <param name="stream">Where to.</param>
    void ConsoleText(string text, ConsoleStream stream)
    {
    }

    /// <summary>The run is over and all suites have ended. Writers close their files and name them by <paramref name="announce"/>.</summary>
    /// <param name="result">The whole result.</param>
    /// <param name="announce">Tells the console which file was written: kind (<c>Output</c>, <c>XUnit</c>, <c>Log</c>, <c>Report</c>) and path.</param>
    void Close(RunResult result, Action<string, string> announce)
    {
    }
}
