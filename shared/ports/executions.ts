// What became of executions of a state machine.

export interface Executions {
  /** How it ended, such as `ABORTED: wrong version`; undefined while it runs. One that nobody knows has ended. */
  endOf(executionArn: string): Promise<string | undefined>
}
