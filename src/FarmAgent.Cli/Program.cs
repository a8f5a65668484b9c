using FarmAgent.Cli.Commands;

// The suite runner takes Robot Framework's own command line as it is, so it never passes through farmctl's parser.
return args is ["robot", ..]
    ? RobotCommand.Run(args[1..])
    : await FarmctlCommand.RunAsync(args);
