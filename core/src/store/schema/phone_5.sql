-- A sync asks every time which grants are ending or wait for the office: few, among thousands.
CREATE INDEX grants_leaving ON grants (scope, class) WHERE state = 'leaving';
CREATE INDEX grants_frozen ON grants (scope, class) WHERE state = 'frozen';
