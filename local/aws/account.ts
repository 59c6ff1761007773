// The one account and the home region of the in-process AWS. The account number is the one AWS uses in its own examples.

export const ACCOUNT_ID = '123456789012'
export const HOME_REGION = 'us-east-1'
