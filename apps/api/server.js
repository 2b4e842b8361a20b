// The API of the support assistant: hands a question to the agent and returns its answer.
const { createServer } = require('node:http');

const project = process.env.PROJECT_ENDPOINT;

createServer(async (request, response) => {
  if (request.url === '/healthz') return response.end('ok');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ project, question: new URL(request.url, 'http://api').searchParams.get('q') }));
}).listen(8080);
